"""The imported archives of one model on a GPU, in PyTorch and without the worker: what they agree on, and how fast they are.

    python3 gpu_engine.py DIRECTORY

DIRECTORY has fp32.pt, bf16.pt and fp16.pt: the model.pt of three imports. Token ids are random; the copies to the GPU and
back are in the times, as in the worker.
"""

import random
import sys
import time

import numpy as np
import torch

DEVICE = "cuda"
MODELS = ["fp32", "bf16", "fp16"]


def batch(rows, length, full=True):
    ids = np.zeros((rows, length), np.int64)
    mask = np.zeros((rows, length), np.int64)
    for row in range(rows):
        own = length if full else random.randint(3, length)
        ids[row, :own] = np.random.RandomState(random.randint(0, 1 << 30)).randint(1000, 28000, own)
        ids[row, 0] = 101
        ids[row, own - 1] = 102
        mask[row, :own] = 1
    return ids, mask


def run(model, ids, mask):
    with torch.no_grad():
        return model(torch.from_numpy(ids).to(DEVICE), torch.from_numpy(mask).to(DEVICE)).cpu().numpy()


def parity(models, reference):
    found = {name: [] for name in models}
    for _ in range(30):
        ids, mask = batch(8, random.choice([16, 64, 128, 256]), full=False)
        with torch.no_grad():
            expected = reference(torch.from_numpy(ids), torch.from_numpy(mask)).numpy()
        for name, model in models.items():
            vectors = run(model, ids, mask)
            norms = np.linalg.norm(vectors, axis=1) * np.linalg.norm(expected, axis=1)
            found[name] += ((vectors * expected).sum(1) / norms).tolist()
    for name, cosines in found.items():
        print(f"{name}: mean cosine to fp32 on the processor {np.mean(cosines):.6f}, lowest {min(cosines):.6f}")


def mix(models):
    lengths = np.clip(np.exp(np.random.RandomState(3).normal(3.43, 0.9, 20000)).astype(int) + 3, 5, 256)
    lengths.sort()
    lengths = lengths[::-1]
    for name, model in models.items():
        for budget in [512, 2048, 8192, 16384, 32768, 65536, 131072]:
            for count in [64, 100000]:
                plan = []
                at = 0
                while at < len(lengths):
                    length = (int(lengths[at]) + 7) // 8 * 8
                    rows = min(len(lengths) - at, max(1, min(count, budget // length)))
                    plan.append((rows, length))
                    at += rows
                batches = {shape: batch(*shape) for shape in dict.fromkeys(plan)}
                for shape in list(batches)[:50]:
                    run(model, *batches[shape])
                started = time.perf_counter()
                done = 0
                for shape in plan:
                    run(model, *batches[shape])
                    done += shape[0]
                    if time.perf_counter() - started > 4:
                        break
                rate = done / (time.perf_counter() - started)
                print(f"{name}: padded tokens {budget}, count {count}: {rate:,.0f} texts/s")


def main():
    random.seed(1)
    directory = sys.argv[1]
    print(torch.__version__, torch.cuda.get_device_name(0))
    models = {name: torch.jit.load(f"{directory}/{name}.pt", map_location=DEVICE).eval() for name in MODELS}
    parity(models, torch.jit.load(f"{directory}/fp32.pt", map_location="cpu").eval())
    mix(models)


main()
