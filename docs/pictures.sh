#!/usr/bin/env bash
# Make the pictures of the docs anew; needs chromium.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
.venv/bin/verbale read examples/03-orlay-answers.txt --html "$folder/page.html"
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$folder/profile" \
  --window-size=1180,1020 --screenshot="$PWD/docs/page.png" "file://$folder/page.html" 2>/dev/null
rm -r "$folder"
