"""What the world sees: the published edition as plain files.

Room: wire
In: an Edition
Out: Page for each file of the public site
Entry: pages(edition) -> Iterator[Page]
"""
