"""Measure how many addresses a second are brought into the form under which they are known.

    python bench/kit/urls.py

Processor time of one core. The addresses are of the kinds that lists hold: plain, with campaign and session parameters,
with escapes, with letters beyond ASCII; 300 hosts, no address twice.
"""

from __future__ import annotations

import sys
import time

from communique.kit import urls

ROUNDS = 5  # the best counts
COUNT = 50_000
FORMS = (
    "https://www.site{host}.example/news/2024/05/{number}-the-lock-at-aldermouth-opens/",
    "https://site{host}.example/n/{number}?utm_source=rss&utm_medium=feed&id={number}&lang=en",
    "http://m.site{host}.example:80/archive/index.php;jsessionid=0A1B2C?story={number}#top",
    "https://site{host}.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/{number}",
    "https://site{host}.example/déclaration/{number}?q=a+b&fbclid=xyz",
)


def main() -> None:
    """Print one line."""
    addresses = [FORMS[number % len(FORMS)].format(host=number % 300, number=number) for number in range(COUNT)]
    best = float("inf")
    for _ in range(ROUNDS):
        begun = time.process_time()
        for address in addresses:
            urls.identity(address)
        best = min(best, time.process_time() - begun)
    sys.stdout.write(f"{COUNT / best:,.0f} addresses/s\n")


if __name__ == "__main__":
    main()
