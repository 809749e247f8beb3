"""Who is who: organisations, their names and acronyms in all languages, found in text.

Room: registry
In: a registry folder of reviewable files
Out: Registry: actors by id, and their mentions in a text
Entry: load(extra) -> Registry
"""
