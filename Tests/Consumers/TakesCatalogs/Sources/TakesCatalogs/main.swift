import Catalogs

let target = Standard<OurTargets>.s3_2
print(target, "after", target.prerequisites.map(\.code).joined(separator: ", "))
