"""When something was: words read as dates (`resolver`), and found in a text (`finding`)."""
