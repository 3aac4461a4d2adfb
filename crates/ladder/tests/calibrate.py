"""Counts a trigger's record anew from the exported files, by another route: dates and sets, event by event.

    python3 calibrate.py origins.csv actuals.csv terms.json THRESHOLD

Written from the definitions at the head of crates/ladder/src/calibrate/mod.rs; standard library only. Prints JSON; rates are
written as text, so that every digit stands.
"""

import csv
import json
import statistics
import sys
from datetime import date, timedelta

FEWEST = 10


def first_day(text):
    year, month = text.split("-")
    return date(int(year), int(month), 1)


def later(day, months):
    """The first day of the month so many months after that of `day`."""
    total = day.year * 12 + day.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)


def before(day):
    """The first days of the 12 months before a month."""
    return {later(day, -back) for back in range(1, 13)}


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


class Place:
    """All that is known of one place."""

    def __init__(self):
        self.values = {}
        self.rows = {}

    def kind(self, month, at_least):
        """The kind of an event in this month; of a window at risk, ask for the month after its origin."""
        known = before(month) & set(self.values)
        if any(self.values[day] >= at_least for day in known):
            return "continuation"
        return "onset" if len(known) == 12 else None


class Window:
    def __init__(self, origin, terms):
        def end(first):
            return later(first, 1) - timedelta(days=1)

        self.origin = origin
        self.next = later(origin, 1)
        self.available = end(origin) + timedelta(days=terms["lag_days"])
        self.start = self.available + timedelta(days=terms["prepare_days"])
        self.end = self.available + timedelta(days=terms["window_days"])
        covered = later(origin, terms["cool_down_months"])
        self.covered = covered
        self.stands_to = end(covered) + timedelta(days=terms["lag_days"])

    def holds(self, day):
        return self.start <= day <= self.end

    def months(self):
        """First days after the origin's month, to the end of the window."""
        months, day = set(), self.next
        while day <= self.end:
            months.add(day)
            day = later(day, 1)
        return months


def main():
    origins_csv, actuals_csv, terms_json, threshold = sys.argv[1:]
    threshold = float(threshold)
    with open(terms_json, encoding="utf-8") as file:
        terms = json.load(file)
    at_least = terms["event"]["at_least"]
    places, order = {}, set()
    for row in read(origins_csv):
        place = places.setdefault(row["unit"], Place())
        origin = first_day(row["origin"])
        order.add(origin)
        place.rows[origin] = (float(row["score"]) if row["score"] else None, row["followed"] == "yes")
        available = Window(origin, terms).available
        assert row["available"] == available.isoformat(), (row, available)
        place.rows[origin] += (row["known_onset_risk"],)
    for row in read(actuals_csv):
        places.setdefault(row["unit"], Place()).values[first_day(row["month"])] = float(row["value"])
    order = sorted(order)
    every = 1 if len(order) < 2 else (order[1].year - order[0].year) * 12 + order[1].month - order[0].month
    windows = {origin: Window(origin, terms) for origin in order}
    span_end = windows[order[-1]].end

    names = "at_risk windows windows_with_event events hits late missed in_cool_down not_assessable episodes"
    names += " right_episodes late_episodes false_alarms followed_by_action unjudged"
    counts = {kind: dict.fromkeys(names.split(), 0) for kind in ("onset", "continuation")}
    unknown = dict.fromkeys(("at_risk", "episodes", "events"), 0)
    leads = {"onset": [], "continuation": []}

    for place in places.values():
        happened = {day: place.kind(day, at_least) for day, value in place.values.items() if value >= at_least}
        run = terms["confirmations"]
        asked, active = set(), set()
        for at in range(run - 1, len(order)):
            scores = [place.rows[origin][0] for origin in order[at - run + 1 : at + 1]]
            if None not in scores:
                asked.add(order[at])
                if min(scores) >= threshold:
                    active.add(order[at])

        # What each window turned out to hold.
        held, risk = {}, {}
        for origin in order:
            window = windows[origin]
            risk[origin] = place.kind(window.next, at_least)
            told = {"onset": "yes", "continuation": "no", None: ""}[risk[origin]]
            assert told == place.rows[origin][2], (origin, told)
            months = window.months()
            inside = {day for day in months if window.holds(day)}
            if not inside or not months <= set(place.values):
                held[origin] = None
                continue
            count = {day for day in months & set(happened) if risk[origin] == "continuation" or happened[day] == "onset"}
            held[origin] = "right" if count & inside else "late" if count else "false"

        for origin in asked:
            if risk[origin] is None:
                unknown["at_risk"] += 1
                continue
            mine = counts[risk[origin]]
            mine["at_risk"] += 1
            mine["windows"] += held[origin] is not None
            mine["windows_with_event"] += held[origin] == "right"

        # The first activation left opens an episode and takes what belongs to it.
        episodes, left = [], set(active)
        while left:
            opened = min(left)
            episodes.append(windows[opened])
            belong = {origin for origin in order if opened <= origin <= windows[opened].covered}
            left -= belong
            if risk[opened] is None:
                unknown["episodes"] += 1
                continue
            mine = counts[risk[opened]]
            mine["episodes"] += 1
            if any(place.rows[origin][1] for origin in belong):
                mine["followed_by_action"] += 1
            else:
                name = {"right": "right_episodes", "late": "late_episodes", "false": "false_alarms", None: "unjudged"}
                mine[name[held[opened]]] += 1

        for day, kind in happened.items():
            if not order[0] < day <= span_end:
                continue
            if kind is None:
                unknown["events"] += 1
                continue
            mine = counts[kind]
            mine["events"] += 1
            warned = [episode for episode in episodes if episode.holds(day)]
            if not any(windows[origin].holds(day) for origin in asked):
                mine["not_assessable"] += 1
            elif warned:
                mine["hits"] += 1
                leads[kind].append((day - min(episode.available for episode in warned)).days)
            elif any(episode.end < day <= episode.stands_to for episode in episodes):
                mine["in_cool_down"] += 1
            elif any(episode.origin < day < episode.start for episode in episodes):
                mine["late"] += 1
            else:
                mine["missed"] += 1

    def share(part, of):
        return repr(part / of) if of else None

    answer = {"unknown": unknown}
    for kind, mine in counts.items():
        asked = mine["hits"] + mine["late"] + mine["missed"]
        judged = mine["right_episodes"] + mine["late_episodes"] + mine["false_alarms"]
        rates = dict.fromkeys(
            "base_rate hit_rate false_alarm_ratio false_alarms_per_place_year median_lead_days return_period_years "
            "years_between_activations".split()
        )
        if asked >= FEWEST:
            rates["base_rate"] = share(mine["windows_with_event"], mine["windows"])
            rates["hit_rate"] = share(mine["hits"], asked)
            rates["false_alarm_ratio"] = share(mine["false_alarms"], judged)
            rates["false_alarms_per_place_year"] = share(mine["false_alarms"], mine["windows"] * every / 12)
            rates["median_lead_days"] = repr(float(statistics.median(leads[kind]))) if leads[kind] else None
            rates["return_period_years"] = share(mine["at_risk"] * every / 12, mine["episodes"])
            rates["years_between_activations"] = share(len(order) * every / 12, mine["episodes"])
        answer[kind] = {"counts": mine, "rates": rates}
    print(json.dumps(answer))


main()
