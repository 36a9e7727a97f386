"""Stock: products, and the batches of them that came in."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from candour.catalogue.models import Batch, Product
from candour.core.actor import Actor
from candour.core.errors import Conflict, Invalid, NotFound

KINDS = ("toxin", "filler", "medicine", "device", "consumable", "skincare", "other")
UNITS = ("units", "ml", "mg", "g", "pieces", "passes", "joules")
TWICE = "This batch is in stock already. Choose it from the list."


def add_product(
    *,
    code: str,
    name: str,
    maker: str,
    kind: str,
    unit: str,
    pom: bool = False,
    implant: bool = False,
) -> Product:
    """Put a product into the catalogue. Raises Invalid for an unknown kind or unit."""
    if kind not in KINDS or unit not in UNITS:
        raise Invalid("There is no such kind of product, or no such unit.")
    fields = {
        "name": name,
        "maker": maker,
        "kind": kind,
        "unit": unit,
        "pom": pom,
        "implant": implant,
    }
    made, _ = Product.objects.update_or_create(code=code, defaults=fields)
    return made


def take_in(
    *, product: UUID, number: str, expires_on: date, by: Actor, on: date
) -> Batch:
    """Enter a batch that came in.

    Raises Invalid without a number and for one that has expired, Conflict for one that
    is there already.
    """
    found = Product.objects.filter(ref=product, active=True).first()
    if found is None:
        raise NotFound
    number = " ".join(number.split()).upper()
    if not number or len(number) > 60:
        raise Invalid("Write the batch number as it stands on the box.")
    if expires_on < on:
        raise Invalid("This batch has expired. Do not put it on the shelf.")
    try:
        with transaction.atomic():
            return Batch.objects.create(
                product=found,
                number=number,
                expires_on=expires_on,
                received_on=on,
                entered_by=str(by),
            )
    except IntegrityError as error:
        if "catalogue_batch_once" in str(error):
            raise Conflict(TWICE) from error
        raise


def recall(*, batch: UUID, note: str, at: datetime) -> Batch:
    """Mark a batch as recalled: nobody is given any of it from now on."""
    fresh = Batch.objects.filter(ref=batch, recalled_at=None)
    fresh.update(recalled_at=at, recall_note=note[:300])
    found = Batch.objects.select_related("product").filter(ref=batch).first()
    if found is None:
        raise NotFound
    return found


def products() -> list[Product]:
    """Return what is in use, by name."""
    return list(Product.objects.filter(active=True))


def batches(*, on: date, usable: bool = False) -> list[Batch]:
    """Return the batches with their products; `usable`: in date and not recalled."""
    found = Batch.objects.select_related("product").order_by(
        "product__name", "expires_on", "pk"
    )
    if usable:
        found = found.filter(expires_on__gte=on, recalled_at=None, product__active=True)
    return list(found)


def batch(ref: UUID) -> Batch:
    """Return one batch with its product. Raises NotFound."""
    found = Batch.objects.select_related("product").filter(ref=ref).first()
    if found is None:
        raise NotFound
    return found
