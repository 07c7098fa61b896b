"""A stand-in of the Opendatasoft Explore API v2.1 that serves our packs: same addresses, same answers, no internet."""

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from makerwagen.content.pack import DataPack, Shape
from makerwagen.content.typed import text_in
from makerwagen.errors import MakerwagenError
from makerwagen.sensors.packs.explore import ParameterError, Query, Rows, answer, window
from makerwagen.sensors.packs.explore_where import QueryError
from makerwagen.sensors.packs.reading import PACK_FILE, PackData, pack_folders, read_description, read_pack

BASE = "/api/explore/v2.1/catalog/datasets"
# What the portal calls the types of pack.yml.
TYPES = {
    "text": "text",
    "integer": "int",
    "number": "double",
    "time": "datetime",
    "date": "date",
    "point": "geo_point_2d",
}
LICENSES = {
    "dl-de/zero-2.0": ("Datenlizenz Deutschland – Zero – Version 2.0", "https://www.govdata.de/dl-de/zero-2-0"),
    "dl-de/by-2.0": ("Datenlizenz Deutschland – Namensnennung – Version 2.0", "https://www.govdata.de/dl-de/by-2-0"),
    "CC-BY-4.0": ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
}
SIMULATED = "makerwagen_simulated"
# Nobody types more; and what is read in pieces again and again must not keep the wagon busy.
LONGEST = 4_000


@dataclass(frozen=True)
class Dataset:
    """A pack as the portal offers it."""

    name: str
    data: PackData

    @property
    def fields(self) -> dict[str, str]:
        """Return the names of the fields and their types."""
        return {column.name: column.type for column in self.data.pack.columns}


class Shelf:
    """The packs below a checkout; read again only when a file of theirs has changed."""

    def __init__(self, root: Path) -> None:
        """Remember where to look."""
        self._root = root
        self._read: dict[Path, tuple[int, PackData]] = {}

    def datasets(self) -> dict[str, Dataset]:
        """Return the packs that can be read, by the name of their data set."""
        found = {}
        for folder in pack_folders(self._root):
            try:
                dataset = self._dataset(folder)
            except (MakerwagenError, OSError):
                continue  # `makerwagen data check` says why; the others are served
            found[dataset.name] = dataset
        return found

    def _dataset(self, folder: Path) -> Dataset:
        description = read_description(folder)
        stamp = max((folder / name).stat().st_mtime_ns for name in (PACK_FILE, description.file))
        kept = self._read.get(folder)
        if kept is None or kept[0] != stamp:
            kept = self._read[folder] = (stamp, read_pack(folder))
        return Dataset(dataset_name(kept[1].pack), kept[1])


def dataset_name(pack: DataPack) -> str:
    """Return the name under which a pack is served: the portal's, or its own where the source is no such portal."""
    return pack.real.dataset if pack.real and pack.shape is Shape.EXPLORE else pack.id


def explore_app(root: Path) -> Starlette:
    """Return the application over the packs below `root`; mount it anywhere."""
    shelf = Shelf(root)

    def page(make: Callable[[Request, Shelf], Response]) -> Callable[[Request], Any]:
        async def handler(request: Request) -> Response:
            try:
                return await run_in_threadpool(make, request, shelf)
            except QueryError as error:
                return _refused(400, "ODSQLError", str(error))
            except ParameterError as error:
                return _refused(400, "InvalidRESTParameterError", str(error))

        return handler

    async def lost(_request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        return _refused(status, "NotFound", "There is nothing at this address; the API begins with /api/explore/v2.1/")

    routes = [
        Route(BASE, page(_catalog)),
        Route(f"{BASE}/{{dataset}}", page(_about)),
        Route(f"{BASE}/{{dataset}}/records", page(_records)),
        Route(f"{BASE}/{{dataset}}/exports/{{form}}", page(_export)),
    ]
    return Starlette(routes=routes, exception_handlers={404: lost, 405: lost})


def _refused(status: int, code: str, message: str) -> JSONResponse:
    return JSONResponse({"error_code": code, "message": message}, status_code=status)


def _catalog(request: Request, shelf: Shelf) -> Response:
    size, start = window(request.query_params.get("limit", ""), request.query_params.get("offset", ""), grouped=False)
    datasets = [_metadata(dataset) for _, dataset in sorted(shelf.datasets().items())]
    return JSONResponse({"total_count": len(datasets), "results": datasets[start : start + size]})


def _about(request: Request, shelf: Shelf) -> Response:
    dataset = shelf.datasets().get(request.path_params["dataset"])
    return _unknown(request) if dataset is None else JSONResponse(_metadata(dataset))


def _unknown(request: Request) -> Response:
    return _refused(404, "DatasetNotFoundError", f"Unknown dataset: {request.path_params['dataset']}")


def _metadata(dataset: Dataset) -> dict[str, Any]:
    pack = dataset.data.pack
    license_id = pack.license
    name, address = LICENSES.get(license_id, (license_id, ""))
    return {
        "dataset_id": dataset.name,
        "has_records": True,
        "visibility": "domain",
        "fields": [
            {"name": column.name, "label": text_in(column.title, "de"), "type": TYPES[column.type]}
            for column in pack.columns
        ],
        "metas": {
            "default": {
                "title": text_in(pack.title, "de"),
                "description": " ".join(text_in(fault, "de") for fault in pack.faults),
                "license": name,
                "license_url": address,
                "publisher": text_in(pack.attribution, "de"),
                "modified": f"{pack.date}T00:00:00+00:00",
                "records_count": len(dataset.data.records),
            },
            "custom": {SIMULATED: pack.simulated},
        },
    }


def _records(request: Request, shelf: Shelf) -> Response:
    dataset = shelf.datasets().get(request.path_params["dataset"])
    if dataset is None:
        return _unknown(request)
    query = _query(request)
    size, start = window(
        request.query_params.get("limit", ""), request.query_params.get("offset", ""), grouped=bool(query.group_by)
    )
    rows = answer(dataset.data.records, dataset.fields, query)
    return JSONResponse({"total_count": len(rows), "results": rows[start : start + size]})


def _query(request: Request) -> Query:
    asked = request.query_params
    for name, value in asked.multi_items():
        if len(value) > LONGEST:
            raise ParameterError(f"Invalid value for {name} API parameter: it has more than {LONGEST} characters.")
    return Query(
        select=asked.get("select", ""),
        where=tuple(asked.getlist("where")),
        order_by=asked.get("order_by", ""),
        group_by=asked.get("group_by", ""),
        refine=tuple(asked.getlist("refine")),
        exclude=tuple(asked.getlist("exclude")),
    )


def _export(request: Request, shelf: Shelf) -> Response:
    dataset = shelf.datasets().get(request.path_params["dataset"])
    if dataset is None:
        return _unknown(request)
    rows = answer(dataset.data.records, dataset.fields, _query(request))
    limit = request.query_params.get("limit", "-1")
    if not limit.removeprefix("-").isdigit() or int(limit) < -1:
        raise ParameterError(f"Invalid value for limit API parameter: {limit} was found but -1 <= limit is expected.")
    rows = rows if int(limit) == -1 else rows[: int(limit)]
    form = request.path_params["form"]
    if form == "json":
        return JSONResponse(rows)
    if form == "csv":
        return Response(_as_csv(rows, request.query_params), media_type="text/csv; charset=utf-8")
    if form == "geojson":
        return JSONResponse(_as_geojson(rows, dataset.fields), media_type="application/geo+json")
    raise ParameterError(
        f"Invalid value for format API parameter: {form} was found but json, csv or geojson is expected."
    )


def _as_csv(rows: Rows, asked: Mapping[str, str]) -> str:
    text = io.StringIO()
    delimiter = asked.get("delimiter", ";")
    if len(delimiter) != 1:
        raise ParameterError(
            f"Invalid value for delimiter API parameter: {delimiter} was found but one sign is expected."
        )
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    if rows:
        writer.writerow(rows[0])
    for row in rows:
        writer.writerow([_in_csv(value) for value in row.values()])
    mark = "" if asked.get("with_bom", "true").lower() == "false" else "\ufeff"
    return mark + text.getvalue()


def _in_csv(value: Any) -> Any:
    return f"{value['lat']}, {value['lon']}" if isinstance(value, dict) else value


def _as_geojson(rows: Rows, fields: Mapping[str, str]) -> dict[str, Any]:
    place = next((name for name, kind in fields.items() if kind == "point"), "")
    features = []
    for row in rows:
        point = row.get(place)
        shape = {"type": "Point", "coordinates": [point["lon"], point["lat"]]} if point else None
        properties = {name: value for name, value in row.items() if name != place}
        features.append({"type": "Feature", "geometry": shape, "properties": properties})
    return {"type": "FeatureCollection", "features": features}
