import Domain
import Grading

let pack = PolicyPack.named("spaulding")
print(try pack?.policy().scale.cut.label.text == "C" ? "a policy is a value" : "wrong")
