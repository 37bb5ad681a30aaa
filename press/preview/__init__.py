"""Show the archive on this machine while it is being edited: `inv serve`.

    watch ── changes ──▶ loop ── a tree to fill ──▶ worker (a separate process)
                          │  ◀── problems or addresses ──┘
                          ▼
                        screen ── what to show ──▶ server ──▶ pages and events ──▶ live.js, hints.js in the browser

* The loop (loop.py) makes all decisions: which change starts a build (watch.py), and which needs a new worker.
* A style sheet that was saved needs no build: the loop makes the sheet (live_sheet.py), and open pages exchange it.
* The worker (worker.py, builder.py) runs the stages of press/build.py, from validate to check, into a tree below
  `.press/preview/` (stages.py). It lives from build to build, and is replaced when code or settings change: no module
  is ever reloaded. A crash or an endless loop ends only the worker. Between builds it looks for the hints for a text
  (hints.py) whose page has asked for them (hint_desk.py).
* It keeps in its memory (memory.py) what the next build would make again just the same: the hashes of files
  (known_files.py), values of the cache (warm_cache.py), the validated archive, the spelled-out parts of page keys,
  compiled templates, and the tree before the last, which the next build takes over (trees.py).
* What no page waits for comes after the result: the documents of the search, and in a thread their index
  (indexing.py), which is in a folder of its own beside the trees.
* The screen (screen.py) holds the last good tree and the problems of the last build.
* The server (server.py, routes.py) answers from that tree and from nothing else. It adds the scripts to each page
  as it sends it (live_page.py); no file of the tree has them, and output/ is never read.
"""
