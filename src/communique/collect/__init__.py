"""The world comes in: the only room with a network.

Room: collect
In: a Source, and what is remembered of the last visit
Out: Capture for each new answer, Trouble for what failed
Entry: captures(source, client=…) -> Iterator[Capture | Trouble]
"""
