PREFIX unp: <https://w3id.org/unpact/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE WHERE { unp:Planned rdfs:isDefinedBy ?ontology }
