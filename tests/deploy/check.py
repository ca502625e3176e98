"""Checks deploy/kubernetes: each file against the schemas of Kubernetes, then what no schema knows."""

import pathlib
import re
import sys

import kubernetes_validate
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
# The oldest and the newest release for which the files are meant.
VERSIONS = ("1.30", "1.37")


def documented_settings():
    """Names in the first column of the table of settings, wherever it stands."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    rows = (line for page in pages for line in page.read_text().splitlines() if line.startswith("| `"))
    return {name for row in rows for name in re.findall(r"`([A-Z][A-Z0-9_]+)`", row.split("|")[1])}


def problems(resources):
    """Sentences about what does not fit together."""
    by_kind = {resource["kind"]: resource for resource in resources}
    deployment, settings = by_kind["Deployment"], by_kind["ConfigMap"]
    pod = deployment["spec"]["template"]
    container = pod["spec"]["containers"][0]
    labels = pod["metadata"]["labels"].items()

    for kind, path in (
        ("Deployment", ("selector", "matchLabels")),
        ("Service", ("selector",)),
        ("PodDisruptionBudget", ("selector", "matchLabels")),
        ("NetworkPolicy", ("podSelector", "matchLabels")),
    ):
        selector = by_kind[kind]["spec"]
        for step in path:
            selector = selector[step]
        if not selector.items() <= labels:
            yield f"{kind} selects other pods than those of the Deployment."

    target = by_kind["HorizontalPodAutoscaler"]["spec"]["scaleTargetRef"]
    if target["name"] != deployment["metadata"]["name"]:
        yield "HorizontalPodAutoscaler scales another Deployment."
    if container["envFrom"] != [{"configMapRef": {"name": settings["metadata"]["name"]}}]:
        yield "The container reads its settings from another ConfigMap."
    if any("valueFrom" not in variable for variable in container["env"]):
        yield "A variable of the container holds its value instead of naming a Secret."

    names = {*settings["data"], *(variable["name"] for variable in container["env"])}
    for name in sorted(names - documented_settings()):
        yield f"{name} is not a setting of the gateway."
    listens_on = int(settings["data"]["BIND_ADDR"].rpartition(":")[2])
    if listens_on != container["ports"][0]["containerPort"]:
        yield "The container's port is not that of BIND_ADDR."


def main():
    files = sorted((ROOT / "deploy/kubernetes").glob("*.yaml"))
    resources = [resource for file in files for resource in yaml.safe_load_all(file.read_text())]
    found = []
    for resource in resources:
        for version in VERSIONS:
            try:
                kubernetes_validate.validate(resource, version, strict=True)
            except kubernetes_validate.ValidationError as error:
                place = ".".join(map(str, error.path))
                found.append(f"{resource['kind']} in Kubernetes {version}: {place}: {error.message}")
            except kubernetes_validate.SchemaNotFoundError:
                found.append(f"Kubernetes {version} has no {resource['kind']} in {resource['apiVersion']}.")
    found = found or list(problems(resources))
    for problem in found:
        print(f"deploy/kubernetes: {problem}", file=sys.stderr)
    if not found:
        print(f"deploy/kubernetes: {len(resources)} resources are valid in Kubernetes {' and '.join(VERSIONS)}")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
