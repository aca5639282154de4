"""The dossier of an enterprise: the inspection file (迎检资料), the first-round report."""
