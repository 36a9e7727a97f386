"""How to see, clear and block cookies in the main browsers, in our own words.

Makers move their menus, so the page says what to look for where a name is gone. Hold
this list against the browsers once a year.
"""

HEAD = ("Browser", "See them", "Clear them", "Block them")

ROWS = (
    (
        "Chrome on a computer",
        "Menu ⋮ › Settings › Privacy and security › Third-party cookies › See all site"
        " data",
        "Menu ⋮ › Delete browsing data, and tick Cookies and other site data",
        "Settings › Privacy and security › Site settings › On-device site data",
    ),
    (
        "Chrome on Android",
        "Menu ⋮ › Settings › Site settings › Data stored",
        "Menu ⋮ › Delete browsing data, and tick Cookies and site data",
        "Menu ⋮ › Settings › Site settings › On-device site data",
    ),
    (
        "Chrome on an iPhone or iPad",
        "There is no list. Clearing shows if there are any",
        "Menu ⋯ › Delete browsing data, and tick Cookies and site data",
        "It cannot block them. Use an Incognito tab: they go when you close it",
    ),
    (
        "Edge on a computer",
        "Menu ⋯ › Settings › Privacy, search and services › Cookies › See all cookies",
        "Menu ⋯ › Settings › Privacy, search and services › Clear browsing data",
        "Menu ⋯ › Settings › Privacy, search and services › Cookies",
    ),
    (
        "Edge on a phone",
        "Menu ☰ › Settings › Privacy and security › Site settings › All sites",
        "Menu ☰ › Settings › Privacy and security › Clear browsing data",
        "Menu ☰ › Settings › Privacy and security › Site settings › Cookies",
    ),
    (
        "Firefox on a computer",
        "Menu ☰ › Settings › Privacy & Security › Cookies and Site Data › Manage Data",
        "The same place: Clear Data",
        "The same page › Enhanced Tracking Protection › Custom › Cookies",
    ),
    (
        "Firefox on a phone",
        "On an iPhone: Menu ☰ › Settings › Data Management › Website Data. On Android"
        " there is no list",
        "Menu › Settings › Delete browsing data. On an iPhone: Data Management",
        "Menu › Settings › Enhanced Tracking Protection › Custom (iPhone: Strict)",
    ),
    (
        "Safari on a Mac",
        "Safari › Settings › Privacy › Manage Website Data",
        "The same place: Remove or Remove All",
        "Safari › Settings › Advanced › Block all cookies",
    ),
    (
        "Safari on an iPhone or iPad",
        "The Settings app › Apps › Safari › Advanced › Website Data",
        "The Settings app › Apps › Safari › Clear History and Website Data",
        "The Settings app › Apps › Safari › Advanced › Block All Cookies",
    ),
)
"""One row a browser, under the heads."""
