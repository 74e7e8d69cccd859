"""onnxruntime sessions, opened the one way that all models here are run."""

from __future__ import annotations

from pathlib import Path

import onnxruntime


def open_session(path: Path) -> onnxruntime.InferenceSession:
    """Open a model on one thread: several processes scale better than several threads.

    Args:
        path: the ONNX file.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Fused with the addition before it, layer normalisation takes several times as long (onnxruntime 1.32).
    slower = ["SkipLayerNormFusion"]
    return onnxruntime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=slower
    )
