PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
INSERT DATA { unp:published rdfs:range xsd:date }
