PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
INSERT DATA { id:complete-record-untc-2015 unp:date "2015-03-12"^^xsd:date }
