"""Reading what models write: tagged sections, JSON, arrows; every repair counted, every loss explained."""
