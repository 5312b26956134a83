PREFIX id: <https://w3id.org/unpact/id/>
PREFIX org: <http://www.w3.org/ns/org#>
INSERT DATA { id:crime-congress org:subOrganizationOf id:pakistan }
