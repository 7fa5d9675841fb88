"""What every command of the build takes."""

from pathlib import Path
from typing import Annotated, Final

import typer

from geoanalysis.reference.files import data_folder

PROJECT_DATA: Final = data_folder()

SourceFolder = Annotated[
    Path, typer.Option("--source", exists=True, file_okay=False, help="Folder with the source files.")
]
DataFolder = Annotated[
    Path, typer.Option("--out", file_okay=False, help="Data folder to write into; by default the project's.")
]
