"""The register of workers with certificates of special operations (特种作业人员名册)."""
