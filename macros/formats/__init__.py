"""Writers of file formats, which know no facts: PDF and PNG, PPTX, ZIP."""
