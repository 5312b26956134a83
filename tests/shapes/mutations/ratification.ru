PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX id: <https://w3id.org/unpact/id/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
DELETE { id:nigeria-ratification-untoc unp:date ?date }
INSERT { id:nigeria-ratification-untoc unp:date "2000-11"^^xsd:gYearMonth }
WHERE { id:nigeria-ratification-untoc unp:date ?date }
