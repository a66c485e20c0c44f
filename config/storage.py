"""How collected static files are named and compressed in production."""

from whitenoise.storage import (  # type: ignore[import-untyped, unused-ignore]
    CompressedManifestStaticFilesStorage,
)

# As every `import … from "./other.js";` of ours ends.
IMPORTED_NAME = (r"""(?P<matched>from "(?P<url>\./[^"]+)")""", 'from "%(url)s"')


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Hashed names also where one script imports another.

    Every file may then be kept by browsers for good, and none of them ever runs a new script
    with an old part of it. Django's `support_js_module_import_aggregation` does the same for all
    scripts, and stumbles over addresses in the comments of other people's.
    """

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", (IMPORTED_NAME,)))
