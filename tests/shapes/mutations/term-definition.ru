PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE WHERE { unp:iso2 skos:definition ?text }
