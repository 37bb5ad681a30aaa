"""Write the pages of the test site, as they are made now, into tests/golden/: `inv accept`."""

import shutil
import tempfile
from pathlib import Path

from tests.conftest import ROOT, make_project

if __name__ == "__main__":
    golden = ROOT / "tests" / "golden"
    with tempfile.TemporaryDirectory() as folder:
        project = make_project(Path(folder))
        project.build(ROOT / "tests" / "site")
        shutil.rmtree(golden, ignore_errors=True)
        shutil.copytree(project.output, golden, ignore=shutil.ignore_patterns("manifest.json"))
    print(f"Accepted {sum(path.is_file() for path in golden.rglob('*'))} files.")
