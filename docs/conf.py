"""How the documentation is built: `make docs`, or `sphinx-build -W docs docs/_build/html`. Nothing is fetched."""

project = "Communiqué"
author = "the Communiqué contributors"
project_copyright = "the Communiqué contributors"
version = release = "0.1.0"
extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
language = "en"
html_theme = "furo"
html_title = "Communiqué"
html_static_path = ["_static"]
html_copy_source = False
html_show_sphinx = False
pygments_style = "friendly"
highlight_language = "text"
