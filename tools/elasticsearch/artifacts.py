"""Fetches the published jars through Maven and holds them to the sums that were recorded."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from tools.elasticsearch.failure import ElasticsearchUnavailable

VERSION = "9.5.3"
LOCK = Path(__file__).with_name("jars.lock")
LIBRARIES = Path("lib")
TRANSPORT = Path("modules/transport-netty4")
COPY_GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"

# The transport module finds the server's own classes in the server: a second copy would be refused.
POM = """\
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>gongkai</groupId><artifactId>{name}</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies><dependency>
    <groupId>{group}</groupId><artifactId>{artifact}</artifactId><version>{version}</version>
    <exclusions>{exclusions}</exclusions>
  </dependency></dependencies>
</project>
"""
WITHOUT_SERVER = "<exclusion><groupId>org.elasticsearch</groupId><artifactId>*</artifactId></exclusion>"


def fetch_jars(home: Path, *, jdk: Path) -> None:
    """Put the server's jars into `home/lib` and the transport's into its module. Raises `ElasticsearchUnavailable`."""
    maven = shutil.which("mvn")
    if maven is None:
        raise ElasticsearchUnavailable(
            "Elasticsearch is fetched with Maven: install it (mvn), "
            "or set ELASTICSEARCH_URL to a node that runs already."
        )
    _copy(home, LIBRARIES, "org.elasticsearch", "elasticsearch", "", maven=maven, jdk=jdk)
    _copy(home, TRANSPORT, "org.elasticsearch.plugin", "transport-netty4", WITHOUT_SERVER, maven=maven, jdk=jdk)


def _copy(home: Path, folder: Path, group: str, artifact: str, exclusions: str, *, maven: str, jdk: Path) -> None:
    pom = home / f"{artifact}.pom.xml"
    pom.write_text(POM.format(name=artifact, group=group, artifact=artifact, version=VERSION, exclusions=exclusions))
    command = [maven, "--batch-mode", "--quiet", "-Dstyle.color=never", "--file", str(pom), COPY_GOAL]
    command += ["-DincludeScope=runtime", f"-DoutputDirectory={home / folder}"]
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, env={**os.environ, "JAVA_HOME": str(jdk)}
    )
    if done.returncode:
        reasons = [line for line in (done.stdout + done.stderr).splitlines() if "ERROR" in line]
        raise ElasticsearchUnavailable(
            f"Maven could not fetch {artifact}: {reasons[0] if reasons else 'no reason given'}"
        )
    pom.unlink()


def sums_of(home: Path) -> dict[str, str]:
    """The SHA-256 of each fetched jar, by its path below `home`."""
    jars = sorted(jar for folder in (LIBRARIES, TRANSPORT) for jar in (home / folder).glob("*.jar"))
    return {jar.relative_to(home).as_posix(): hashlib.sha256(jar.read_bytes()).hexdigest() for jar in jars}


def write_lock(home: Path) -> None:
    """Record the fetched jars as the right ones; for a change of version only."""
    LOCK.write_text("".join(f"{digest}  {jar}\n" for jar, digest in sums_of(home).items()))


def check_lock(home: Path) -> None:
    """Raise `ElasticsearchUnavailable` unless exactly the recorded jars were fetched."""
    recorded = {jar: digest for digest, jar in (line.split() for line in LOCK.read_text().splitlines())}
    fetched = sums_of(home)
    differing = sorted(jar for jar in recorded.keys() | fetched.keys() if recorded.get(jar) != fetched.get(jar))
    if differing:
        raise ElasticsearchUnavailable(f"These jars are not the recorded ones (jars.lock): {', '.join(differing)}")
