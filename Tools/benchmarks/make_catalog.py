#!/usr/bin/env python3
"""make_catalog.py --items N --links M --out FILE: writes an invented CASE package.

The items stand in layers; links of the type precedes go from lower to higher layers, so that there
is no cycle. The same arguments give the same bytes. Without options it has the size of all state
catalogs of the USA in one graph: 250,000 items and 456,000 prerequisites.
"""

import argparse
import json
import random
import uuid

SPACE = uuid.UUID("6f2c3f0e-6a57-5d8b-9f0e-0c1c9a6f6d11")


def identifier(kind, number):
    return str(uuid.uuid5(SPACE, f"{kind} {number}"))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=250_000)
    parser.add_argument("--links", type=int, default=456_000)
    parser.add_argument("--layers", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", required=True)
    parser.add_argument("--edges", help="the links as pairs of numbers too, for other programs")
    options = parser.parse_args()
    generator = random.Random(options.seed)
    items = [identifier("item", number) for number in range(options.items)]
    width = max(1, options.items // options.layers)
    links = set()
    while len(links) < options.links:
        first = generator.randrange(options.items)
        # Mostly to the next layers, as in real catalogs.
        second = first + generator.randrange(1, 4) * width + generator.randrange(-width // 2, width // 2)
        if first < second < options.items:
            links.add((first, second))
    links = sorted(links)
    with open(options.out, "w", encoding="utf-8") as out:
        document = {"identifier": identifier("document", 0), "title": "Invented catalog"}
        out.write('{"CFDocument":' + json.dumps(document, separators=(",", ":")))
        out.write(',"CFItems":[')
        for number, item in enumerate(items):
            code = f"{number // width % 13}.{'ABCDE'[number % 5]}.{number % width}"
            out.write("," if number else "")
            out.write(
                f'\n{{"identifier":"{item}","humanCodingScheme":"{code}",'
                f'"fullStatement":"Shows what number {number} asks for."}}')
        out.write('],"CFAssociations":[')
        for number, (first, second) in enumerate(links):
            out.write("," if number else "")
            out.write(
                f'\n{{"identifier":"{identifier("link", number)}","associationType":"precedes",'
                f'"originNodeURI":{{"identifier":"{items[first]}"}},'
                f'"destinationNodeURI":{{"identifier":"{items[second]}"}}}}')
        out.write("]}\n")
    if options.edges:
        with open(options.edges, "w", encoding="utf-8") as out:
            out.writelines(f"{first} {second}\n" for first, second in links)


if __name__ == "__main__":
    main()
