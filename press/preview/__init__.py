"""Show the archive on this machine while it is being edited: `inv serve`.

    watching ── changes ──▶ loop ── a tree to fill ──▶ worker (a process of its own)
                             │  ◀── problems or addresses ──┘
                             ▼
                           screen ── what to show ──▶ server ──▶ pages and events ──▶ live.js in the browser

* The loop (loop.py) is the one place that decides: which change asks for a build, and which for a new worker.
* The worker (worker.py, builder.py) passes the stages of press/build.py, from the gate to the check, into a tree
  below `.press/preview/` (stages.py). It stays warm from build to build and remembers typeset texts. It is replaced
  when code or settings change: no module is ever reloaded. A crash or an endless loop ends it and nothing else.
* The screen (screen.py) holds the last good tree and the problems of the last build.
* The server (server.py, addresses.py) answers from that tree, and nothing outside it. It puts the script into a page
  as it sends it (pages.py); no file of the tree has it, and output/ is never looked at.
"""
