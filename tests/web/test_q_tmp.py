from tests.web.desk_site import site
from tests.world import world, county
import re
async def test_x(site):
    t=await site.tip(); m=await site.member("zhou")
    p=await m.get("/desk/tips/"+t)
    print(re.findall(r'<[^>]*data-key[^>]*>',p.text))
