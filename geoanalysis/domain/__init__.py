"""The language of the project: vocabularies, schemas, operations, membership by date, CRS rules, errors."""
