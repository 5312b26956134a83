PREFIX unp: <https://w3id.org/unpact/ontology#>
DELETE { ?thing unp:participant ?one ; unp:actor ?two ; unp:partner ?three ; unp:partOf ?four }
WHERE {
  { SELECT ?thing WHERE { ?thing a unp:Cooperation ; unp:participant [] . } ORDER BY ?thing LIMIT 1 }
  ?thing unp:participant ?one .
  OPTIONAL { ?thing unp:actor ?two }
  OPTIONAL { ?thing unp:partner ?three }
  OPTIONAL { ?thing unp:partOf ?four }
}
