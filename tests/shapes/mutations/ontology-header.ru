PREFIX dcterms: <http://purl.org/dc/terms/>
DELETE WHERE { <https://w3id.org/unpact/ontology/alignments> dcterms:license ?licence }
