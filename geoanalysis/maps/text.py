"""The one door through which text from data reaches HTML."""

from html import escape

_SCRIPT_CHARACTERS = str.maketrans({"$": "&#36;", "`": "&#96;", "{": "&#123;", "}": "&#125;", "\\": "&#92;"})


def esc(text: object) -> str:
    """
    Give text that HTML and a JavaScript template literal both show as it is and never run.

    folium writes names and popups inside a template literal, where ``${...}`` runs even after the five HTML
    characters are escaped; so these are turned into entities too.

    Examples
    --------
    >>> esc("<b>${1}</b>")
    '&lt;b&gt;&#36;&#123;1&#125;&lt;/b&gt;'
    """
    return escape(str(text), quote=True).translate(_SCRIPT_CHARACTERS)
