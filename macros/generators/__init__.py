"""The adapters: the only places that know MkDocs, its plugin or another generator."""
