"""Of Amazon's four hundred services, that of buckets and those that log somebody in."""

from PyInstaller.utils.hooks import collect_data_files

SERVICES = ("s3", "sts", "sso", "sso-oidc", "signin")

hiddenimports = ["html.parser"]
datas = collect_data_files(
    "botocore", includes=["cacert.pem", "data/*.json", *(f"data/{name}" for name in SERVICES)]
)
