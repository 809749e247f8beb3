"""What can be proved: evidence in WARC files, publications in a transparency log.

Room: archive
In: a Capture; the log's entries and its signer; the folder of a wire or of a mirror
Out: Evidence; a log of static files (C2SP tlog-tiles), proofs; a Report of what does not fit
Entry: keep(capture, folder=…), answer(evidence, folder=…), append(folder, entries, …), proof(log, …), verify(folder)

Evidence (WARC 1.1): `keep` returns when the record is on the disk, `answer` gives the capture back, `mend` is called
once at a start; `keeping` goes around where much is kept. The log: `dispatch_entry`, `operation_entry` and
`edition_entry` make entries, `append` writes them, `proof` gives what stands in `d/ID.tlog-proof`. An edition:
`announce`, then the pages are written, then `list_files` writes the list that the `edition_entry` commits to. `verify`
checks all of it with nothing but the files.
"""

from communique.archive._answer import answer
from communique.archive._entries import canonical, content_digest, dispatch_entry, edition_entry, operation_entry
from communique.archive._errors import ArchiveError, BadKey, BadLog, BadNote, Diverged, NotKept
from communique.archive._evidence import keep
from communique.archive._index import FILE as INDEX
from communique.archive._index import keeping
from communique.archive._keys import has_key, load_key, save_key
from communique.archive._listing import LIST as FILE_LIST
from communique.archive._listing import Contents, FileList, announce, digest_of, list_files
from communique.archive._log import Log, append, checkpoint, earlier_tile, log
from communique.archive._mend import mend
from communique.archive._note import Checkpoint, Signer, Verifier, new_key, verifier
from communique.archive._proof import Proof, holds, proof, proofs, read_proof
from communique.archive._tiles import paths as tile_paths
from communique.archive._verify import Flaw, Report, verify

__all__ = [
    "FILE_LIST",
    "INDEX",
    "ArchiveError",
    "BadKey",
    "BadLog",
    "BadNote",
    "Checkpoint",
    "Contents",
    "Diverged",
    "FileList",
    "Flaw",
    "Log",
    "NotKept",
    "Proof",
    "Report",
    "Signer",
    "Verifier",
    "announce",
    "answer",
    "append",
    "canonical",
    "checkpoint",
    "content_digest",
    "digest_of",
    "dispatch_entry",
    "earlier_tile",
    "edition_entry",
    "has_key",
    "holds",
    "keep",
    "keeping",
    "list_files",
    "load_key",
    "log",
    "mend",
    "new_key",
    "operation_entry",
    "proof",
    "proofs",
    "read_proof",
    "save_key",
    "tile_paths",
    "verifier",
    "verify",
]
