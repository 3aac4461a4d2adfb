"""Asks a server that has just started for tiles that nobody has asked for: python benches/tiles.py http://127.0.0.1:8080"""

import sys
import time
import urllib.request

base = sys.argv[1]
times = []
for zoom in range(7):
    for x in range(2**zoom):
        for y in range(2**zoom):
            if zoom > 4 and (x + y) % 7:
                continue
            start = time.perf_counter()
            urllib.request.urlopen(f"{base}/tiles/places/{zoom}/{x}/{y}.mvt").read()
            times.append((time.perf_counter() - start) * 1000)
times.sort()
print(f"{len(times)} tiles: median {times[len(times) // 2]:.1f} ms, p99 {times[len(times) * 99 // 100]:.1f} ms, most {times[-1]:.1f} ms")
