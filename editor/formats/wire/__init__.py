"""The importer of plain text: a newspaper's page or an agency's wire copy."""
