"""Compile who the clinic is."""

from candour.policy.compiled.rules import Brand, Contact, Controller, Site, Theme
from candour.policy.language import Document

_NOT_A_VALUE = frozenset(("unpublished", "none", "inactive"))


def brands(document: Document) -> tuple[Brand, ...]:
    """Return the brands in the order of the file."""
    if document.clinic is None:
        return ()
    return tuple(
        Brand(
            slug=slug,
            name=brand.name,
            hosts=brand.hosts,
            tagline=brand.tagline or "",
            strapline=brand.strapline or "",
            phone=brand.phone or "",
            email=brand.email or "",
            theme=Theme(**brand.theme.model_dump()) if brand.theme else Theme(),
        )
        for slug, brand in document.clinic.brands.items()
    )


def sites(document: Document) -> tuple[Site, ...]:
    """Return the sites. One that names no region is in the clinic's."""
    if document.clinic is None:
        return ()
    region = document.clinic.region
    return tuple(
        Site(
            slug=slug,
            brand=site.brand,
            name=site.name or slug.replace("-", " ").title(),
            address=site.address or "",
            phone=site.phone or "",
            hours=site.hours or "",
            region=site.region or region,
        )
        for slug, site in document.clinic.sites.items()
    )


def contacts(document: Document) -> tuple[Contact, ...]:
    """Return whom one writes to, in the order of the file."""
    return tuple(
        Contact(
            slug=slug,
            emails=_listed(contact.email),
            post=given(contact.post),
            phone=given(contact.phone),
            about=frozenset(contact.for_),
            clause=f"contacts.{slug}",
        )
        for slug, contact in document.contacts.items()
    )


def at_the_clinic(document: Document) -> Contact:
    """Return where the clinic itself is reached, for a notice that names no contact.

    Its first place, else where a controller is; the phone and address of a brand. What
    none of them gives is empty.
    """
    places = [
        f"{site.name}, {site.address}" for site in sites(document) if site.address
    ]
    places += [
        f"{one.name}, {one.address}" for one in controllers(document) if one.address
    ]
    shown = brands(document)
    phones = [one.phone for one in sites(document)] + [one.phone for one in shown]
    return Contact(
        slug="clinic",
        emails=tuple(brand.email for brand in shown if brand.email),
        post=next(iter(places), ""),
        phone=next(filter(None, phones), ""),
        about=frozenset(),
        clause="clinic.sites",
    )


def controllers(document: Document) -> tuple[Controller, ...]:
    """Return who answers in law, each with the contact that acts for it."""
    return tuple(
        Controller(
            slug=slug,
            name=controller.name,
            address=given(controller.address),
            company=given(controller.company),
            ico=given(controller.ico),
            parent=controller.parent.name if controller.parent else "",
            contact=given(controller.dpo) or given(controller.represented_at),
            clause=f"controllers.{slug}",
        )
        for slug, controller in document.controllers.items()
    )


def given(value: str | None) -> str:
    """Return a value that was given; a stand-in for one that was not is empty."""
    return "" if value is None or value in _NOT_A_VALUE else value


def _listed(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()
