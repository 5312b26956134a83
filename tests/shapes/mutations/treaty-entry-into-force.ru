PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
DELETE { id:untoc unp:entryIntoForce ?day }
INSERT { id:untoc unp:entryIntoForce "2003-09"^^xsd:gYearMonth }
WHERE { id:untoc unp:entryIntoForce ?day }
