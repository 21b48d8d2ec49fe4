"""Compares the occurrences of random school years with those that other packages find."""

import datetime
import json
import random
import subprocess
import sys

import icalendar
import recurring_ical_events

ZONES = [None, "America/New_York", "America/Los_Angeles", "Europe/Berlin", "Europe/London", "UTC"]


def document(numbers, name):
    """A random school year with closures, holidays and meetings, and its first and last day."""
    first = datetime.date(2020, 8, 1) + datetime.timedelta(numbers.randrange(4000))
    last = first + datetime.timedelta(numbers.randrange(60, 360))
    closures = []
    for place in range(numbers.randrange(5)):
        start = first + datetime.timedelta(numbers.randrange((last - first).days - 20))
        end = start + datetime.timedelta(numbers.randrange(15))
        kind = numbers.choice(["holiday", "break", "staffDay"])
        closures.append(
            {"title": f"Closed {place}", "kind": kind, "first": str(start), "last": str(end)}
        )
    meetings = []
    for place in range(numbers.randrange(1, 6)):
        start = numbers.randrange(0, 1380, 5)
        end = start + numbers.randrange(5, 60, 5)
        meetings.append(
            {
                "title": numbers.choice(["Math; core", "Advisory, weekly", "Größe \\ n", "Lab"]),
                "weekdays": sorted(numbers.sample(range(1, 6), numbers.randrange(1, 6))),
                "start": f"{start // 60:02}:{start % 60:02}",
                "end": f"{end // 60:02}:{end % 60:02}",
                "location": numbers.choice(["Room 1", "Gym, east " * 12]),
            }
        )
    value = {
        "format": "cbl-calendar/1",
        "title": f"Year {name}",
        "first": str(first),
        "last": str(last),
        "weekdays": [1, 2, 3, 4, 5],
        "holidays": [
            {"title": "Labor Day", "weekday": 1, "nth": 1, "month": 9},
            {"title": "Easter Monday", "easter": 1},
        ],
        "closures": closures,
        "meetings": meetings,
    }
    zone = numbers.choice(ZONES)
    if zone:
        value["zone"] = zone
    return value, first, last


def theirs(calendar, first, last):
    """The occurrences that recurring-ical-events finds, as our listing writes them."""
    lines = []
    for event in recurring_ical_events.of(calendar).between(first, last + datetime.timedelta(1)):
        start = event["DTSTART"].dt
        day = start.date() if isinstance(start, datetime.datetime) else start
        # What began before the span goes on in it there; ours lists what begins.
        if not first <= day <= last:
            continue
        if isinstance(start, datetime.datetime):
            lines.append(f"{start:%Y-%m-%dT%H:%M} {event['SUMMARY']}")
        else:
            lines.append(f"{start} {event['SUMMARY']}")
    return sorted(lines)


def main():
    tool, count = sys.argv[1], int(sys.argv[2])
    numbers = random.Random(6)
    (events, occurrences, failures) = (0, 0, 0)
    for name in range(count):
        value, first, last = document(numbers, name)
        with open("year.json", "w") as file:
            json.dump(value, file)
        common = [tool, "schedule", "ics"]
        stamp = ["--stamp", "2026-08-01T00:00:00Z", "--domain", "school.example"]
        subprocess.run(
            common + ["year.json"] + stamp + ["-o", "year.ics", "--force"], check=True
        )
        with open("year.ics", "rb") as file:
            calendar = icalendar.Calendar.from_ical(file.read())
        errors = [error for part in calendar.walk() for error in part.errors]
        calendar.validate()
        span = ["--first", str(first), "--last", str(last)]
        listed = subprocess.run(
            common + ["year.ics"] + span, check=True, capture_output=True, text=True
        )
        ours = sorted(listed.stdout.splitlines())
        other = theirs(calendar, first, last)
        if errors or ours != other or listed.stderr:
            failures += 1
            difference = sorted(set(ours) ^ set(other))[:5]
            print(f"failed  year {name}: {errors} {listed.stderr} {difference}")
        events += len(calendar.events)
        occurrences += len(ours)
    print(f"{count} calendars, {events} events, {occurrences} occurrences, {failures} failures")
    sys.exit(1 if failures else 0)


main()
