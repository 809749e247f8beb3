"""May this be published.

Room: desk
In: a draft and the texts that it must be covered by (SourceText), with their codings where there are any
Out: Finding for each thing that they don't carry; Draft as a proposal
Entry: findings(draft, sources) -> tuple[Finding, …]; proposal(lead, actor_names=…, publishers=…) -> Draft
"""

from communique.desk._findings import findings
from communique.desk._proposal import proposal

__all__ = ["findings", "proposal"]
