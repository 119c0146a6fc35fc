#!/usr/bin/env python3
"""Makes the sample runs that lie beside this file. All of it is made up, and drawn from a fixed seed: the same bytes
every time. The layout is the Hugging Face Trainer's (json.dumps with indent=2 and sort_keys=True).

    python3 samples/make_sample.py            # writes them where this file lies
    python3 samples/make_sample.py FOLDER     # writes them somewhere else

What the numbers must do is in README.md. The losses below are the means that the curves go through; noise comes on top.
"""

import json
import random
import shutil
import struct
import sys
from pathlib import Path

EVALUATION_SAMPLES = 400
EVALUATION_BATCH = 16
TRAIN_BATCH = 16

# A causal model of a size for a sample: 16 tokens' context, 64 words, one layer of width 8.
CONFIG = {
    "architectures": ["GPT2LMHeadModel"],
    "bos_token_id": 0,
    "dtype": "float32",
    "eos_token_id": 0,
    "model_type": "gpt2",
    "n_embd": 8,
    "n_head": 2,
    "n_layer": 1,
    "n_positions": 16,
    "tie_word_embeddings": True,
    "vocab_size": 64,
}
TENSORS = {
    "transformer.h.0.attn.c_attn.bias": [24],
    "transformer.h.0.attn.c_attn.weight": [8, 24],
    "transformer.h.0.attn.c_proj.bias": [8],
    "transformer.h.0.attn.c_proj.weight": [8, 8],
    "transformer.h.0.ln_1.bias": [8],
    "transformer.h.0.ln_1.weight": [8],
    "transformer.h.0.ln_2.bias": [8],
    "transformer.h.0.ln_2.weight": [8],
    "transformer.h.0.mlp.c_fc.bias": [32],
    "transformer.h.0.mlp.c_fc.weight": [8, 32],
    "transformer.h.0.mlp.c_proj.bias": [8],
    "transformer.h.0.mlp.c_proj.weight": [32, 8],
    "transformer.ln_f.bias": [8],
    "transformer.ln_f.weight": [8],
    "transformer.wpe.weight": [16, 8],
    "transformer.wte.weight": [64, 8],
}

RUNS = {
    # The training loss falls on and on; the evaluation loss turns at 500, the accuracy at 600.
    "sentiment-finetune": {
        "seed": 20260214,
        "learning_rate": 5e-5,
        "warmup": 40,
        "steps_per_epoch": 200,
        "logging_steps": 20,
        "evaluations": {  # step: training loss over the 100 steps before, evaluation loss, accuracy
            100: (2.043, 1.7512, 0.7325),
            200: (1.667, 1.5347, 0.7950),
            300: (1.436, 1.4236, 0.8275),
            400: (1.248, 1.3621, 0.8450),
            500: (1.041, 1.3268, 0.8525),
            600: (0.868, 1.3413, 0.8575),
            700: (0.719, 1.3985, 0.8500),
            800: (0.617, 1.4714, 0.8425),
        },
    },
    "sweep/lr-1e-5": {
        "seed": 11,
        "learning_rate": 1e-5,
        "warmup": 10,
        "steps_per_epoch": 100,
        "logging_steps": 25,
        "evaluations": {100: (2.391, 2.1874, 0.6150), 200: (2.118, 1.9932, 0.6675), 300: (1.975, 1.9106, 0.6925)},
    },
    "sweep/lr-5e-5": {
        "seed": 12,
        "learning_rate": 5e-5,
        "warmup": 10,
        "steps_per_epoch": 100,
        "logging_steps": 25,
        "evaluations": {100: (2.087, 1.7763, 0.7275), 200: (1.612, 1.5208, 0.7975), 300: (1.403, 1.4479, 0.8200)},
    },
    # The lowest evaluation loss of the sweep, and the widest gap to the training loss.
    "sweep/lr-1e-4": {
        "seed": 13,
        "learning_rate": 1e-4,
        "warmup": 10,
        "steps_per_epoch": 100,
        "logging_steps": 25,
        "evaluations": {100: (1.904, 1.6019, 0.7750), 200: (1.158, 1.4285, 0.8225), 300: (0.742, 1.5336, 0.8100)},
    },
}


def training_losses(run, draw):
    """Steps and losses that fall, and whose mean before each evaluation is near the one wanted."""
    every = run["logging_steps"]
    steps = sorted(run["evaluations"])
    wanted = [run["evaluations"][step][0] for step in steps]
    distance = steps[0]
    losses = {}
    for index, mean in enumerate(wanted):
        before = wanted[index - 1] if index else 2 * wanted[0] - wanted[1]
        after = wanted[index + 1] if index + 1 < len(wanted) else 2 * wanted[-1] - before
        slope = (after - before) / 2
        count = distance // every
        for k in range(count):
            place = (k + 0.5) / count - 0.5
            losses[steps[index] - distance + (k + 1) * every] = mean + slope * place + draw.gauss(0, 0.004 * mean)
    return losses


def log_history(run):
    """What the Trainer would have logged by the end of the run."""
    draw = random.Random(run["seed"])
    last = max(run["evaluations"])
    history = []
    for step, loss in training_losses(run, draw).items():
        rate = run["learning_rate"] * min(step / run["warmup"], (last - step) / (last - run["warmup"]))
        epoch = round(step / run["steps_per_epoch"], 4)
        history.append(
            {
                "epoch": epoch,
                "grad_norm": round(draw.uniform(0.9, 1.3) + 0.6 / loss, 6),
                "learning_rate": rate,
                "loss": round(loss, 6),
                "step": step,
            }
        )
        if step in run["evaluations"]:
            _, eval_loss, accuracy = run["evaluations"][step]
            runtime = round(draw.uniform(2.05, 2.25), 4)
            history.append(
                {
                    "epoch": epoch,
                    "eval_accuracy": accuracy,
                    "eval_loss": eval_loss,
                    "eval_runtime": runtime,
                    "eval_samples_per_second": round(EVALUATION_SAMPLES / runtime, 3),
                    "eval_steps_per_second": round(EVALUATION_SAMPLES / EVALUATION_BATCH / runtime, 3),
                    "step": step,
                }
            )
    return history


def trainer_state(name, run, history, step):
    """trainer_state.json as it stood when this checkpoint was saved."""
    seen = [entry for entry in history if entry["step"] <= step]
    best = min((entry for entry in seen if "eval_loss" in entry), key=lambda entry: entry["eval_loss"])
    last = max(run["evaluations"])
    distance = min(run["evaluations"])
    return {
        "best_global_step": best["step"],
        "best_metric": best["eval_loss"],
        "best_model_checkpoint": f"{name}/checkpoint-{best['step']}",
        "epoch": round(step / run["steps_per_epoch"], 4),
        "eval_steps": distance,
        "global_step": step,
        "is_hyper_param_search": False,
        "is_local_process_zero": True,
        "is_world_process_zero": True,
        "log_history": seen,
        "logging_steps": run["logging_steps"],
        "max_steps": last,
        "num_input_tokens_seen": 0,
        "num_train_epochs": last // run["steps_per_epoch"],
        "save_steps": distance,
        "stateful_callbacks": {
            "TrainerControl": {
                "args": {
                    "should_epoch_stop": False,
                    "should_evaluate": False,
                    "should_log": False,
                    "should_save": True,
                    "should_training_stop": step == last,
                },
                "attributes": {},
            }
        },
        "total_flos": 5242880.0 * step,
        "train_batch_size": TRAIN_BATCH,
        "trial_name": None,
        "trial_params": None,
    }


def safetensors(weights):
    """A whole safetensors file: the header's length, the header, the numbers."""
    header = {"__metadata__": {"format": "pt"}}
    data = b""
    for name, shape in TENSORS.items():
        values = struct.pack(f"<{len(weights[name])}f", *weights[name])
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [len(data), len(data) + len(values)]}
        data += values
    text = json.dumps(header, separators=(",", ":")).encode("ascii")
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + data


def size(shape):
    product = 1
    for length in shape:
        product *= length
    return product


def write_run(folder, name, run):
    history = log_history(run)
    draw = random.Random(run["seed"] + 1)
    weights = {tensor: [draw.gauss(0, 0.02) for _ in range(size(shape))] for tensor, shape in TENSORS.items()}
    shutil.rmtree(folder, ignore_errors=True)
    for step in sorted(run["evaluations"]):
        # Each checkpoint lies a little further on, as after training.
        weights = {tensor: [value + draw.gauss(0, 0.002) for value in values] for tensor, values in weights.items()}
        checkpoint = folder / f"checkpoint-{step}"
        checkpoint.mkdir(parents=True)
        write_json(checkpoint / "config.json", CONFIG)
        write_json(checkpoint / "trainer_state.json", trainer_state(name, run, history, step))
        (checkpoint / "model.safetensors").write_bytes(safetensors(weights))


def write_json(path, value):
    path.write_bytes((json.dumps(value, indent=2, sort_keys=True) + "\n").encode("ascii"))


def main():
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent
    for name, run in RUNS.items():
        write_run(target / name, name, run)
        print(target / name)


if __name__ == "__main__":
    main()
