"""What can be proved: evidence in WARC files, publications in a transparency log.

Room: archive
In: a Capture; a log entry; a folder
Out: Evidence; a log index; a report
Entry: keep(capture, folder=…), append(…), verify(folder)
"""
