"""What staff type about stock. No database."""

from typing import Any

from django.http import QueryDict

from candour.desk.typed import Options, Select, day_of
from candour.web.answers import Typed, mistakes


class BatchForm:
    """A batch that came in."""

    def __init__(self, products: Options) -> None:
        self.product = Select("product", "Product", products, "Choose a product.")
        self.number = Typed(
            name="number",
            label="Batch number",
            missing="Write the batch number as it stands on the box.",
            most=60,
            short=True,
        )
        self.expires = Typed(
            name="expires",
            label="Expires on",
            missing="Write the day it expires.",
            most=10,
            type="date",
            short=True,
            check=day_of,
        )

    def read(self, sent: QueryDict) -> bool:
        """Take what was sent; say whether it will do."""
        for one in (self.product, self.number, self.expires):
            one.read(sent)
        return not self.errors

    @property
    def errors(self) -> list[dict[str, str]]:
        """Return what is wrong, for the summary."""
        return mistakes((self.product, self.number, self.expires))

    def shown(self) -> dict[str, Any]:
        """Return it as desk/records/stock.html takes it."""
        return {
            "errors": self.errors,
            **{
                one.name: one.shown()
                for one in (self.product, self.number, self.expires)
            },
        }
