PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
INSERT DATA { unp:agencyOf a owl:DatatypeProperty }
