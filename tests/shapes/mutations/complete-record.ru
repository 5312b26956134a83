PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
INSERT DATA { id:complete-record-untc-tip-protocol unp:date "2013-12-13"^^xsd:date }
