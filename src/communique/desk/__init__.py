"""May this be published.

Room: desk
In: a draft and the texts that it must be covered by
Out: Finding for each thing that they don't carry; Draft as a proposal
Entry: findings(draft, sources) -> tuple[Finding, …]; proposal(…) -> Draft
"""
