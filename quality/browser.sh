#!/usr/bin/env bash
# Opens the demonstration's page in Chromium, without a network, and checks what a reader gets: it renders, every
# piece of evidence leads to its sentence, nothing is fetched, and it prints.
set -euo pipefail
sayso=$(realpath "$1")
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$sayso" brief demo --format html --quiet >"$work/brief.html"
chromium=(chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --disable-background-networking
    --disable-component-update --disable-sync --no-first-run --host-resolver-rules='MAP * ~NOTFOUND'
    --user-data-dir="$work/profile")
timeout 120 "${chromium[@]}" --dump-dom "file://$work/brief.html" >"$work/dom.html" 2>"$work/log"
timeout 120 "${chromium[@]}" --window-size=1200,3000 --screenshot="$work/page.png" "file://$work/brief.html" 2>>"$work/log"
timeout 120 "${chromium[@]}" --print-to-pdf="$work/page.pdf" "file://$work/brief.html" 2>>"$work/log"
python3 - "$work" <<'PY'
import re, sys
from html.parser import HTMLParser
from pathlib import Path

work = Path(sys.argv[1])
dom = (work / "dom.html").read_text(encoding="utf-8")


class Page(HTMLParser):
    ids, links, fetched, headings = set(), [], [], 0

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        self.ids.add(a.get("id"))
        self.headings += tag == "h1"
        if tag == "a" and (a.get("href") or "").startswith("#"):
            self.links.append(a["href"][1:])
        if tag in ("script", "img", "iframe", "link") or a.get("src"):
            self.fetched.append((tag, a))


page = Page()
page.feed(dom)
broken = [link for link in page.links if link not in page.ids]
checks = {
    "a heading a story": page.headings >= 2,
    "over 50 links to evidence": len(page.links) > 50,
    "every link to evidence leads somewhere": not broken,
    "nothing is fetched and no script runs": not page.fetched,
    "the screenshot is no blank page": (work / "page.png").stat().st_size > 30_000,
    "it prints": (work / "page.pdf").stat().st_size > 10_000,
}
for what, ok in checks.items():
    print("ok  " if ok else "FAIL", what)
print(f"browser: {sum(checks.values())} passed, {len(checks) - sum(checks.values())} failed")
sys.exit(not all(checks.values()))
PY
