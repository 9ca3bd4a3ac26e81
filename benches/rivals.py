#!/usr/bin/env python3
"""The cohort benchmark of this crate against numpy, polars and numba, on the same answers.

    python3 -m venv venv && venv/bin/pip install numpy polars numba
    venv/bin/python benches/rivals.py generate    # a million respondents, about 850 MB
    venv/bin/python benches/rivals.py compare     # all in turn, five times; prints the ratios

`compare-files` leaves the columns out. One rival alone: `numpy`, `polars`, `numba`, `polars-csv` or
`polars-texts`. Files go to the folder that PEERS_DATA names, else to `rivals-data` in the folder for
temporary files. THREADS says how many threads each may use (1, of one processor; more of all), ROUNDS how
often each is timed within a turn (7), TURNS how often all take turns (5). `compare` runs
`cargo bench --bench cohort`, and `maturity cohort` for files: as a process, from its start to its end,
while polars is timed within Python and after a first time that does not count. From a file, both make the
table of a paper: stages, and the mean, SD, quartiles, floor and ceiling of the overall and each pillar.

Each prints a JSON line: medians of wall and CPU time, how many have no stage and how many are at each
of the five, and the mean on the scale from 1 to 5. The rivals leave out a pillar without any answer and
do not look for codes that are no answers; the crate does not score such a respondent, here 100 of the
million, so that its counts differ by as many. Its check of every cell is the line "door". Ratios are of CPU
time with one thread, else of wall time.
"""
import json, os, resource, statistics, subprocess, sys, tempfile, time

THREADS = os.environ.get("THREADS", "1")
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(name, THREADS)  # read when the libraries are imported

import numpy as np

ROUNDS = int(os.environ.get("ROUNDS", "7"))
TURNS = int(os.environ.get("TURNS", "5"))
DATA = os.environ.get("PEERS_DATA", os.path.join(tempfile.gettempdir(), "rivals-data"))

# The questionnaire of benches/cohort.rs: forty questions from 1 to 5 in four pillars.
QUESTIONS = 40
PILLARS = [(0, 12), (12, 22), (22, 32), (32, 40)]
WEIGHTS = [3, 1, 2, 5, 2, 1, 4, 3, 2, 1, 1, 2, 2, 3, 1, 5, 1, 2, 2, 4,
           3, 1, 1, 1, 2, 3, 5, 2, 4, 1, 2, 3, 4, 2, 1, 3, 2, 5, 1, 2]
PILLAR_WEIGHTS = [35, 25, 25, 15]
# Bounds of the stages on the scale from 1 to 5, less what doubles may be off.
OVERALL = [bound - 5e-10 for bound in (1.8, 2.6, 3.4, 4.2)]
EVERY_PILLAR = [bound - 5e-10 for bound in (1.2, 2.0, 2.8, 3.6)]
NAMES = [f"q{question:02d}" for question in range(1, QUESTIONS + 1)]
UNANSWERED = 255
# Of the file with texts: five questions a pillar, and what their choices say.
TEXT_QUESTIONS = [*range(0, 5), *range(12, 17), *range(22, 27), *range(32, 37)]
CHOICES = ["Not yet, and nobody has it in mind", "First steps, by single people",
           "Several departments, each its own way", "All departments, in one way",
           "As a matter of course, and improved each month"]
STAMP = b'"2026/11/02 9:41:07 AM GMT+1",'


def generate(rows=1_000_000):
    """Answers that hang together within a respondent and more so within a pillar, 5 % missing."""
    os.makedirs(DATA, exist_ok=True)
    random = np.random.default_rng(20240607)
    person = random.normal(0, 0.7, rows).astype(np.float32)
    answers = np.empty((QUESTIONS, rows), np.uint8)
    for first, end in PILLARS:
        own = random.normal(0, 0.45, rows).astype(np.float32)
        for question in range(first, end):
            drawn = 3.1 + person + own + random.normal(0, 0.9, rows).astype(np.float32)
            column = np.clip(np.rint(drawn), 1, 5).astype(np.uint8)
            column[random.random(rows, dtype=np.float32) < 0.05] = UNANSWERED
            answers[question] = column
    some = random.choice(rows, 110, replace=False)
    answers[22:32, some[:100]] = UNANSWERED  # a whole pillar
    answers[:, some[100:]] = UNANSWERED      # everything
    answers.tofile(f"{DATA}/cols.u8")
    cells = np.array([b""] * 256, dtype=object)
    for value in range(1, 6):
        cells[value] = str(value).encode()
    with open(f"{DATA}/cohort.csv", "wb") as file:
        file.write((",".join(NAMES) + "\n").encode())
        for at in range(0, rows, 10_000):
            block = cells[answers[:, at:at + 10_000].T]
            file.write(b"".join(b",".join(row) + b"\n" for row in block.tolist()))
    choices = [{"value": value, "text": str(value)} for value in range(1, 6)]
    pillars = ["digital_first_mindset", "agile_approach", "culture_of_experimentation",
               "connected_systems"]
    of = lambda question: next(p for p, (_, end) in zip(pillars, PILLARS) if question < end)
    bounds = lambda at: {"overall": [.2, .4, .6, .8][at], "every_pillar": [.05, .25, .45, .65][at]}
    questionnaire = {
        "schema": 1, "id": "peers", "version": "1.0.0", "title": "Peers",
        "method": {"minimum_coverage": 0},
        "pillars": {p: {"weight": weight} for p, weight in zip(pillars, PILLAR_WEIGHTS)},
        "stages": dict(zip(("bridge", "hubs", "platform", "native"), map(bounds, range(4)))),
        "questions": [{"id": name, "pillar": of(at), "title": name, "weight": weight,
                       "scale": {"kind": "choice", "choices": choices}}
                      for at, (name, weight) in enumerate(zip(NAMES, WEIGHTS))],
    }
    with open(f"{DATA}/questionnaire.json", "w") as file:
        json.dump(questionnaire, file)
    texts(answers, questionnaire)
    print(f"{rows} respondents in {DATA}")


def texts(answers, questionnaire):
    """The same answers as a form tool writes them: a stamp, and the texts of choices, all in quotes."""
    with open(f"{DATA}/texts.csv", "wb") as file:
        names = ["Timestamp", *map(title, TEXT_QUESTIONS)]
        file.write((",".join(f'"{name}"' for name in names) + "\r\n").encode())
        cells = np.array([b'""'] * 256, dtype=object)
        for value, text in enumerate(CHOICES, 1):
            cells[value] = f'"{text}"'.encode()
        picked = answers[TEXT_QUESTIONS]
        for at in range(0, answers.shape[1], 10_000):
            block = cells[picked[:, at:at + 10_000].T]
            file.write(b"".join(STAMP + b",".join(row) + b"\r\n" for row in block.tolist()))
    for question in questionnaire["questions"]:
        question["title"] = title(int(question["id"][1:]) - 1)
        for choice in question["scale"]["choices"]:
            choice["text"] = CHOICES[choice["value"] - 1]
    kept = [questionnaire["questions"][at] for at in TEXT_QUESTIONS]
    with open(f"{DATA}/texts.json", "w") as file:
        json.dump({**questionnaire, "questions": kept}, file)


def title(question):
    return f"How far has the organisation come with subject number {question + 1}, all in all?"


def columns():
    return np.fromfile(f"{DATA}/cols.u8", np.uint8).reshape(QUESTIONS, -1)


def measure(name, run, said):
    """Times `run`, after once that does not count; `said` makes stages and overall of its result."""
    wall, cpu = [], []
    for _ in range(ROUNDS + 1):
        start, before = time.perf_counter(), time.process_time()
        result = run()
        cpu.append(1e3 * (time.process_time() - before))
        wall.append(1e3 * (time.perf_counter() - start))
    stages, overall = said(result)
    print(json.dumps({
        "name": name, "threads": int(THREADS), "rows": len(stages),
        "cpu_ms": round(statistics.median(cpu[1:]), 3),
        "wall_ms": round(statistics.median(wall[1:]), 3), "min_ms": round(min(wall[1:]), 3),
        "counts": np.bincount(stages, minlength=6).tolist(), "mean": float(np.nanmean(overall)),
    }))


def numpy():
    """The best of six ways: columns in blocks, sums in bytes and then 16 bits, buffers reused."""
    answers = columns()
    rows, size = answers.shape[1], 32_768
    scores, overall, stages = np.empty((4, rows)), np.empty(rows), np.empty(rows, np.uint8)
    groups = [[(weight, [q for q in range(first, end) if WEIGHTS[q] == weight])
               for weight in sorted(set(WEIGHTS[first:end]))] for first, end in PILLARS]
    totals = [sum(WEIGHTS[first:end]) for first, end in PILLARS]
    shares = np.array(PILLAR_WEIGHTS, float)
    bytes_, none = np.empty(size, np.uint8), np.empty(size, np.uint8)
    equal, product = np.empty(size, bool), np.empty(size, np.uint16)
    numerators, weights = np.empty((4, size), np.uint16), np.empty((4, size), np.uint16)

    def block(at):
        count = min(size, rows - at)
        part = slice(at, at + count)
        codes, missing, equals, times = bytes_[:count], none[:count], equal[:count], product[:count]
        for pillar, of_weight in enumerate(groups):
            numerator, counting = numerators[pillar][:count], weights[pillar][:count]
            numerator.fill(0)
            counting.fill(totals[pillar])
            for weight, questions in of_weight:
                column = answers[questions[0]][part]
                np.equal(column, UNANSWERED, out=equals)
                missing[:] = equals.view(np.uint8)
                codes[:] = column
                for question in questions[1:]:
                    column = answers[question][part]
                    np.equal(column, UNANSWERED, out=equals)
                    np.add(missing, equals.view(np.uint8), out=missing)
                    np.add(codes, column, out=codes)
                np.add(codes, missing, out=codes)  # 255 is -1 modulo 256
                np.multiply(codes, np.uint16(weight), out=times, dtype=np.uint16)
                np.add(numerator, times, out=numerator)
                np.multiply(missing, np.uint16(weight), out=times, dtype=np.uint16)
                np.subtract(counting, times, out=counting)
        numerator, counting = numerators[:, :count], weights[:, :count]
        means, total, stage = scores[:, part], overall[part], stages[part]
        with np.errstate(invalid="ignore", divide="ignore"):
            np.divide(numerator, counting, out=means)
            present = counting > 0
            share = shares @ present
            if present.all():
                filled, lowest = means, means.min(0)
            else:
                filled = np.where(present, means, 0.0)
                lowest = np.where(present, means, np.inf).min(0)
            np.divide(shares @ filled, share, out=total)
        by_overall, by_pillar = np.ones(count, np.uint8), np.ones(count, np.uint8)
        for of_all, of_each in zip(OVERALL, EVERY_PILLAR):
            by_overall += total >= of_all
            by_pillar += lowest >= of_each
        np.minimum(by_overall, by_pillar, out=stage)
        stage[share == 0] = 0

    def run():
        for at in range(0, rows, size):
            block(at)
        np.bincount(stages, minlength=6), np.nanmean(overall)
        return stages, overall

    measure("numpy", run, lambda result: result)


def polars(csv=False, texts=False):
    """The best of six ways: 0 for no answer, 16-bit sums, the streaming engine. Texts become numbers by the
    fastest of four ways, an enumeration that the reader of CSV knows."""
    import polars as pl

    column = pl.col
    asked = TEXT_QUESTIONS if texts else range(QUESTIONS)
    present = (lambda name: column(name).is_not_null()) if csv else (lambda name: column(name) != 0)
    code = (lambda name: column(name).fill_null(0)) if csv else column
    pillars = [f"p{pillar}" for pillar in range(4)]
    means = []
    for pillar, (first, end) in zip(pillars, PILLARS):
        first, *rest = [question for question in asked if first <= question < end]
        times = lambda values, question: values.cast(pl.UInt16) * pl.lit(WEIGHTS[question], pl.UInt16)
        numerator = times(code(NAMES[first]), first)
        counting = times(present(NAMES[first]), first)
        for question in rest:
            numerator = numerator + times(code(NAMES[question]), question)
            counting = counting + times(present(NAMES[question]), question)
        mean = numerator.cast(pl.Float64) / counting.cast(pl.Float64)
        means.append(pl.when(counting > 0).then(mean).alias(pillar))
    share = lambda pillar: column(pillar).is_not_null().cast(pl.Float64)
    overall = (pl.sum_horizontal([column(p) * w for p, w in zip(pillars, PILLAR_WEIGHTS)])
               / pl.sum_horizontal([share(p) * w for p, w in zip(pillars, PILLAR_WEIGHTS)]))
    met = lambda name, bounds: sum(((column(name) >= bound).cast(pl.UInt8) for bound in bounds),
                                   pl.lit(1, pl.UInt8))
    if texts:
        choices = pl.Enum(["", *CHOICES])
        schema = {"Timestamp": pl.String, **{title(question): choices for question in asked}}
        source = pl.scan_csv(f"{DATA}/texts.csv", schema=schema).select([
            column(title(question)).to_physical().cast(pl.UInt8).alias(NAMES[question])
            for question in asked])
    elif csv:
        source = pl.scan_csv(f"{DATA}/cohort.csv", schema={name: pl.UInt8 for name in NAMES})
    else:
        answers = columns().copy()
        answers[answers == UNANSWERED] = 0
        source = pl.DataFrame(dict(zip(NAMES, answers))).lazy()
    stage = pl.min_horizontal(met("overall", OVERALL), met("lowest", EVERY_PILLAR))
    query = (
        source.select(means)
        .with_columns(overall=overall, lowest=pl.min_horizontal(pillars))
        .with_columns(stage=pl.when(column("lowest").is_null())
                      .then(pl.lit(0, pl.UInt8)).otherwise(stage))
        .select(pillars + ["overall", "stage"])
    )

    def run():
        result = query.collect(engine="streaming")
        result["stage"].value_counts(), result["overall"].mean()
        if csv or texts:
            figures = lambda of: [of.count(), of.mean(), of.std(), (of == 1).sum(), (of == 5).sum(),
                                  *(of.quantile(share, "linear") for share in (.25, .5, .75))]
            result.select([figure.alias(f"{name}{number}") for name in ["overall", *pillars]
                           for number, figure in enumerate(figures(column(name)))])
        return result

    said = lambda result: (result["stage"].to_numpy(), result["overall"].to_numpy())
    measure("polars texts" if texts else "polars csv" if csv else "polars", run, said)


def numba():
    """Columns in blocks of 2048 rows, compiled beforehand, buffers reused."""
    import numba as nb

    answers, size = columns(), 2048
    rows = answers.shape[1]
    scores, overall, stages = np.empty((4, rows)), np.empty(rows), np.empty(rows, np.uint8)
    weights, shares = np.array(WEIGHTS, np.int32), np.array(PILLAR_WEIGHTS, float)
    starts = np.array([first for first, _ in PILLARS] + [QUESTIONS])
    bounds, floors = np.array(OVERALL), np.array(EVERY_PILLAR)

    @nb.njit(parallel=int(THREADS) > 1, nogil=True)
    def score(answers, weights, starts, shares, bounds, floors, scores, overall, stages):
        rows = answers.shape[1]
        for block in nb.prange((rows + size - 1) // size):
            at = block * size
            count = min(size, rows - at)
            total, share = np.zeros(count), np.zeros(count)
            lowest = np.full(count, 1e300)
            numerator, counting = np.empty(count, np.uint16), np.empty(count, np.uint16)
            for pillar in range(4):
                numerator[:] = 0
                counting[:] = 0
                for question in range(starts[pillar], starts[pillar + 1]):
                    weight = np.uint16(weights[question])
                    column = answers[question, at:at + count]
                    for row in range(count):
                        counts = np.uint16(column[row] != 255) * weight
                        numerator[row] += np.uint16(column[row]) * counts
                        counting[row] += counts
                for row in range(count):
                    if counting[row] > 0:
                        mean = numerator[row] / counting[row]
                        scores[pillar, at + row] = mean
                        total[row] += shares[pillar] * mean
                        share[row] += shares[pillar]
                        lowest[row] = min(lowest[row], mean)
                    else:
                        scores[pillar, at + row] = np.nan
            for row in range(count):
                if share[row] > 0:
                    mean = total[row] / share[row]
                    overall[at + row] = mean
                    by_overall, by_pillar = 1, 1
                    for step in range(4):
                        by_overall += mean >= bounds[step]
                        by_pillar += lowest[row] >= floors[step]
                    stages[at + row] = min(by_overall, by_pillar)
                else:
                    overall[at + row] = np.nan
                    stages[at + row] = 0

    def run():
        score(answers, weights, starts, shares, bounds, floors, scores, overall, stages)
        np.bincount(stages, minlength=6), np.nanmean(overall)
        return stages, overall

    measure("numba", run, lambda result: result)


def compare(of_columns=True):
    """All in turn, so that their ratios hold when the speed of the machine drifts."""
    environment = {**os.environ, "PEERS_DATA": DATA, "THREADS": THREADS}
    if THREADS == "1" and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    features = [] if THREADS == "1" else ["--features", "rayon"]
    bench = ["cargo", "bench", "--quiet", "--locked", "--bench", "cohort", *features]
    build = ["cargo", "build", "--quiet", "--locked", "--release", "-p", "digital-maturity-cli"]
    if of_columns:
        subprocess.run([*bench, "--no-run"], check=True)
    subprocess.run(build, check=True)
    target = os.environ.get("CARGO_TARGET_DIR", "target")
    command = [f"{target}/release/maturity", "cohort", "--questionnaire"]
    files = {"csv": [f"{DATA}/questionnaire.json", f"{DATA}/cohort.csv"],
             "texts": [f"{DATA}/texts.json", f"{DATA}/texts.csv", "--export", "google-forms"]}
    found = {}
    what_counts = "cpu_ms" if THREADS == "1" else "wall_ms"

    def note(lines):
        for line in lines.splitlines():
            print(line, flush=True)
            line = json.loads(line)
            found.setdefault(line["name"], []).append(line[what_counts])

    def printed(arguments):
        return subprocess.run(arguments, env=environment, check=True, capture_output=True,
                              text=True).stdout

    for _ in range(TURNS):
        if of_columns:
            note(printed(bench))
        for rival in [*(("numpy", "polars", "numba") if of_columns else ()),
                      "polars-csv", "polars-texts"]:
            note(printed([sys.executable, __file__, rival]))
        for name, arguments in files.items():
            before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            printed([*command, *arguments])
            wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
            note(json.dumps({"name": f"digital-maturity {name}", "cpu_ms": round(1e3 * cpu, 3),
                             "wall_ms": round(1e3 * wall, 3)}))
    median = {name: statistics.median(times) for name, times in found.items()}
    ours = lambda what: median[f"digital-maturity {what}"]
    print()
    ratios = [
        ("polars, from numbers to the table", median["polars csv"], ours("csv")),
        ("polars, from texts to the table", median["polars texts"], ours("texts")),
    ]
    if of_columns:
        ratios += [
            ("polars, fresh results", median["polars"], ours("fresh")),
            ("polars, fresh results, every cell checked", median["polars"], ours("fresh") + ours("door")),
            ("numpy, buffers reused", median["numpy"], ours("reused")),
            ("numba, buffers reused", median["numba"], ours("reused")),
        ]
    for what, slower, faster in ratios:
        print(f"{slower / faster:6.2f} times the speed of {what}: {slower:.1f} and {faster:.1f} ms")
    if of_columns:
        print(f"{100 * median['read limit'] / ours('reused'):6.1f} % of the speed of merely reading")


COMMANDS = {"generate": generate, "numpy": numpy, "polars": polars, "numba": numba,
            "polars-csv": lambda: polars(csv=True), "polars-texts": lambda: polars(texts=True),
            "compare": compare, "compare-files": lambda: compare(of_columns=False)}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        sys.exit(f"{__doc__}\nwanted: one of {', '.join(COMMANDS)}")
    COMMANDS[sys.argv[1]]()
